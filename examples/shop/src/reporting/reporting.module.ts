import { forwardRef, Module } from "@nestjs/common";
import { TypeOrmModule } from "@nestjs/typeorm";
import { CatalogModule } from "../catalog/catalog.module";
import { ReportEntry } from "./report-entry.entity";
import { ReportingService } from "./reporting.service";
import { WeeklyReport } from "./weekly-report";

@Module({
  imports: [TypeOrmModule.forFeature([ReportEntry]), forwardRef(() => CatalogModule)],
  providers: [ReportingService, WeeklyReport],
  exports: [ReportingService, WeeklyReport],
})
export class ReportingModule {}
