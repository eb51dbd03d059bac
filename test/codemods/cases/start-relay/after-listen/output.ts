import { NestFactory } from "@nestjs/core";
import { AppModule } from "./app.module";
import { startSeamcut } from "./seamcut/nest";

async function bootstrap(): Promise<void> {
  const app = await NestFactory.create(AppModule);
  await app.listen(3000);
  await startSeamcut(app);
  console.log("ready");
}

void bootstrap();
