import { Injectable } from "@nestjs/common";
import { InjectRepository } from "@nestjs/typeorm";
import { MoreThanOrEqual, Repository } from "typeorm";
import { newId, startOfDay, sumCents } from "../shared";
import { ReportEntry } from "./report-entry.entity";

@Injectable()
export class ReportingService {
  constructor(@InjectRepository(ReportEntry) private readonly entries: Repository<ReportEntry>) {}

  async record(kind: string, subjectId: string, amountCents = 0): Promise<void> {
    await this.entries.insert({ id: newId(), kind, subjectId, amountCents });
  }

  async revenueToday(now: Date): Promise<number> {
    const entries = await this.entries.findBy({ kind: "order-placed", recordedAt: MoreThanOrEqual(startOfDay(now)) });
    return sumCents(entries.map((entry) => entry.amountCents));
  }
}
