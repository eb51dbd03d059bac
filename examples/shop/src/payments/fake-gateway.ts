import { Injectable } from "@nestjs/common";
import { newId } from "../shared";
import type { PaymentGateway } from "./payment-gateway";

/** Accepts everything up to a limit, as a test account does. */
@Injectable()
export class FakeGateway implements PaymentGateway {
  async authorize(_orderId: string, amountCents: number): Promise<{ ok: boolean; reference: string }> {
    return { ok: amountCents <= 100_000, reference: newId() };
  }

  async refund(): Promise<void> {}
}
