/** A class and the file that declares it, posix path relative to the root. */
export interface ClassPlace {
  readonly className: string;
  readonly file: string;
}

/** Where the parts of a repository are that a cut has to touch. */
export interface RepositoryLayout {
  /** The module class that the application is created from. */
  readonly rootModule: ClassPlace;
  /** File that creates the application and lets it listen. */
  readonly entry: string;
  readonly migrations: MigrationsLayout;
}

export interface MigrationsLayout {
  readonly folder: string;
  /** Timestamp of the newest one. */
  readonly last: number;
  /** List that names each migration; null where a glob finds them. */
  readonly list: { readonly file: string; readonly name: string } | null;
}
