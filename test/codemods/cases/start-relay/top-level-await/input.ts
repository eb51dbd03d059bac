import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'

const app = await NestFactory.create(AppModule, { bufferLogs: true })
await app.listen(process.env.PORT ?? 3000)
