/** A business rule said no. */
export class DomainError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export class NotFound extends DomainError {
  constructor(what: string, id: string) {
    super("not-found", `${what} ${id} does not exist`);
  }
}
