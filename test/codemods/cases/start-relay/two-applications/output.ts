import { NestFactory } from "@nestjs/core";
import { AppModule } from "./app.module";
import { MetricsModule } from "./metrics.module";
import { startSeamcut } from "./seamcut/nest";

async function bootstrap(): Promise<void> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule);
  const metrics = await NestFactory.create(MetricsModule);
  await metrics.listen(9090);
  await app.listen(
    3000,
    "0.0.0.0",
  );
  await startSeamcut(app);
}
