import { Column, CreateDateColumn, Entity, PrimaryColumn } from "typeorm";

@Entity({ name: "report_entry" })
export class ReportEntry {
  @PrimaryColumn("uuid") id: string;
  @Column("text") kind: string;
  @Column("text", { name: "subject_id" }) subjectId: string;
  @Column("int", { name: "amount_cents", default: 0 }) amountCents: number;
  @CreateDateColumn({ name: "recorded_at", type: "timestamptz" }) recordedAt: Date;
}
