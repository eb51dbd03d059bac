import {
  createMariadb,
  createPglite,
  createPostgres,
  mariadbIsThere,
  postgresIsThere,
  type TestDatabase,
} from "../support/database.ts";
import { FOUNDATION } from "./shop-events.ts";

export interface DatabaseUnderTest {
  readonly name: string;
  readonly skip: boolean;
  /** Runs in this process, and takes one transaction after the other. */
  readonly embedded: boolean;
  create(): Promise<TestDatabase>;
}

/** Each store has a project of its own in the test runner's configuration: the runtime's imports lead to one store. */
export const DATABASES: readonly DatabaseUnderTest[] =
  process.env.SEAMCUT_TEST_DATABASE === "mysql"
    ? [
        {
          name: "MariaDB",
          embedded: false,
          skip: !(await mariadbIsThere()),
          create: () => createMariadb(FOUNDATION),
        },
      ]
    : [
        { name: "PGlite", embedded: true, skip: false, create: () => createPglite(FOUNDATION) },
        {
          name: "PostgreSQL",
          embedded: false,
          skip: !(await postgresIsThere()),
          create: () => createPostgres(FOUNDATION),
        },
      ];
