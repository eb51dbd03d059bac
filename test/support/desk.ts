import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { loadConfig } from "../../src/config/load-config.ts";
import type { CutResult } from "../../src/model/index.ts";
import { type CutOptions, cut } from "../../src/pipeline/cut/cut.ts";
import { type Tree, writeTree } from "./tree.ts";

const INSTALLED = path.resolve(import.meta.dirname, "../../node_modules");

/** A help desk: closing a ticket writes a letter. As small as what `cut` works on can be. */
export const DESK: Tree = {
  ".gitignore": "node_modules/\n",
  "package.json": JSON.stringify({
    name: "desk",
    private: true,
    dependencies: { "@nestjs/common": "^11.0.0", "@nestjs/core": "^11.0.0", typeorm: "^0.3.0", pg: "^8.0.0" },
  }),
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      target: "es2022",
      module: "nodenext",
      moduleResolution: "nodenext",
      strict: true,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      skipLibCheck: true,
    },
    include: ["src"],
  }),
  "src/main.ts": `import { NestFactory } from "@nestjs/core";
import { AppModule } from "./app.module";

async function start(): Promise<void> {
  const app = await NestFactory.create(AppModule);
  await app.listen(3000);
}

void start();
`,
  "src/app.module.ts": `import { Module } from "@nestjs/common";
import { LettersModule } from "./letters/letters.module";
import { TicketsModule } from "./tickets/tickets.module";

@Module({ imports: [TicketsModule, LettersModule] })
export class AppModule {}
`,
  "src/migrations/1700000000001-create-desk.ts": `import type { MigrationInterface, QueryRunner } from "typeorm";

export class CreateDesk1700000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("CREATE TABLE ticket (id text PRIMARY KEY)");
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP TABLE ticket");
  }
}
`,
  "src/tickets/ticket.entity.ts": `import { Column, Entity, PrimaryColumn } from "typeorm";

@Entity()
export class Ticket {
  @PrimaryColumn() id!: string;
  @Column() closed!: boolean;
}
`,
  "src/tickets/tickets.module.ts": `import { Module } from "@nestjs/common";
import { LettersModule } from "../letters/letters.module";
import { TicketsService } from "./tickets.service";

@Module({ imports: [LettersModule], providers: [TicketsService] })
export class TicketsModule {}
`,
  "src/tickets/tickets.service.ts": `import { Injectable } from "@nestjs/common";
import { DataSource } from "typeorm";
import { LettersService } from "../letters/letters.service";
import { Ticket } from "./ticket.entity";

@Injectable()
export class TicketsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly letters: LettersService,
  ) {}

  async close(ticketId: string, email: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.update(Ticket, { id: ticketId }, { closed: true });
    });
    await this.letters.ticketClosed(ticketId, email);
  }
}
`,
  "src/letters/letter.entity.ts": `import { Column, Entity, PrimaryColumn } from "typeorm";

@Entity()
export class Letter {
  @PrimaryColumn() id!: string;
  @Column() email!: string;
}
`,
  "src/letters/letters.module.ts": `import { Module } from "@nestjs/common";
import { LettersService } from "./letters.service";

@Module({ providers: [LettersService], exports: [LettersService] })
export class LettersModule {}
`,
  "src/letters/letters.service.ts": `import { Injectable } from "@nestjs/common";
import { DataSource } from "typeorm";
import { Letter } from "./letter.entity";

@Injectable()
export class LettersService {
  constructor(private readonly dataSource: DataSource) {}

  async ticketClosed(ticketId: string, email: string): Promise<void> {
    await this.dataSource.manager.insert(Letter, { id: ticketId, email });
  }
}
`,
};

/** The libraries whose types a plan needs; no compiler, so that nothing is type-checked and runs are short. */
export function linkLibraries(root: string): void {
  mkdirSync(path.join(root, "node_modules"), { recursive: true });
  for (const name of readdirSync(INSTALLED)) {
    if (/^(@nestjs|typeorm|rxjs|reflect-metadata|pg|@types)$/.test(name))
      symlinkSync(path.join(INSTALLED, name), path.join(root, "node_modules", name));
  }
}

export function gitIn(cwd: string, ...args: readonly string[]): string {
  return execFileSync("git", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** Makes a folder a repository with one commit, by somebody who has a name. */
export function commitAll(root: string): void {
  gitIn(root, "init", "--quiet", "--initial-branch=main");
  for (const [name, value] of [
    ["user.name", "Ada"],
    ["user.email", "ada@example.org"],
    ["commit.gpgSign", "false"],
    ["core.autocrlf", "false"],
  ] as const)
    gitIn(root, "config", name, value);
  gitIn(root, "add", "--all");
  gitIn(root, "commit", "--quiet", "--no-verify", "-m", "The desk");
}

/** The help desk as a repository of its own, gone when the test is over. */
export function deskRepository(change: Tree = {}): string {
  const root = writeTree(DESK, change);
  linkLibraries(root);
  commitAll(root);
  return root;
}

/** Cuts tickets → letters, unproven as far as types go. */
export async function cutDesk(root: string, change: Partial<CutOptions> = {}): Promise<CutResult> {
  const config = await loadConfig({ cwd: root });
  return cut(config, { from: "tickets", to: "letters", allowUnproven: true, ...change });
}

/** Applies mails as their reader would. */
export function applyPatches(root: string, folder: string, files: readonly string[]): void {
  for (const file of files) gitIn(root, "am", "--quiet", "--keep-cr", path.join(folder, file));
}
