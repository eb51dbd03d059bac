export interface PaymentGateway {
  /** Reference of the authorization, or a refusal. */
  authorize(orderId: string, amountCents: number): Promise<{ ok: boolean; reference: string }>;
  refund(reference: string): Promise<void>;
}

export const PAYMENT_GATEWAY = Symbol("PAYMENT_GATEWAY");
