import { Injectable } from "@nestjs/common";
import type { EntityManager } from "typeorm";

@Injectable()
export class TemplateStore {
  /** Subject line of a message. */
  async subject(name: string, manager: EntityManager): Promise<string> {
    // A broken store answers as a database does when a table is gone.
    const table = process.env.SHOP_NOTIFICATIONS === "down" ? "template_store_unavailable" : "template";
    const rows: { subject: string }[] = await manager.query(`SELECT subject FROM ${table} WHERE name = $1`, [name]);
    return rows[0]?.subject ?? name;
  }
}
