import { forwardRef, Inject, Injectable } from "@nestjs/common";
import { CatalogService } from "../catalog/catalog.service";
import { formatCents } from "../shared";
import { ReportingService } from "./reporting.service";

@Injectable()
export class WeeklyReport {
  constructor(
    private readonly reporting: ReportingService,
    @Inject(forwardRef(() => CatalogService)) private readonly catalog: CatalogService,
  ) {}

  async render(now: Date): Promise<string> {
    const products = await this.catalog.list();
    return `${formatCents(await this.reporting.revenueToday(now))} today, ${products.length} products on sale`;
  }
}
