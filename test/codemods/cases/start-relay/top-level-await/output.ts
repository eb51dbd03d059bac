import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
import { startSeamcut } from './seamcut/nest'

const app = await NestFactory.create(AppModule, { bufferLogs: true })
await app.listen(process.env.PORT ?? 3000)
await startSeamcut(app)
