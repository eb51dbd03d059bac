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
  create(): Promise<TestDatabase>;
}

/** Each store has a project of its own in the test runner's configuration: the runtime's imports lead to one store. */
export const DATABASES: readonly DatabaseUnderTest[] =
  process.env.SEAMCUT_TEST_DATABASE === "mysql"
    ? [{ name: "MariaDB", skip: !(await mariadbIsThere()), create: () => createMariadb(FOUNDATION) }]
    : [
        { name: "PGlite", skip: false, create: () => createPglite(FOUNDATION) },
        { name: "PostgreSQL", skip: !(await postgresIsThere()), create: () => createPostgres(FOUNDATION) },
      ];
