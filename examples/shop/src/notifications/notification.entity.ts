import { Column, Entity, PrimaryColumn } from "typeorm";

/** A message to a customer, waiting to be sent. */
@Entity({ name: "notification" })
export class Notification {
  @PrimaryColumn("uuid") id: string;
  @Column("uuid", { name: "subject_id" }) subjectId: string;
  @Column("text") recipient: string;
  @Column("text") kind: string;
  @Column("text") body: string;
  @Column("boolean", { default: false }) sent: boolean;
}
