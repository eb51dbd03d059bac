export function sumCents(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export function percentOf(cents: number, percent: number): number {
  return Math.round((cents * percent) / 100);
}

export function formatCents(cents: number): string {
  return `${(cents / 100).toFixed(2)} EUR`;
}
