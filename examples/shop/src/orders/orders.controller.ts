import { Body, Controller, Get, Param, Post } from "@nestjs/common";
import { PaymentsService } from "../payments";
import { formatCents } from "../shared";
import { OrdersService, type PlaceOrder } from "./orders.service";

@Controller("orders")
export class OrdersController {
  constructor(
    private readonly orders: OrdersService,
    private readonly payments: PaymentsService,
  ) {}

  @Post()
  place(@Body() request: PlaceOrder) {
    return this.orders.place(request);
  }

  @Get(":id")
  async get(@Param("id") id: string) {
    const [order, payment] = await Promise.all([this.orders.get(id), this.payments.statusOf(id)]);
    return { ...order, total: formatCents(order.totalCents), payment };
  }

  @Post(":id/cancel")
  async cancel(@Param("id") id: string, @Body() body: { reason?: string }) {
    await this.orders.cancel(id, body.reason ?? "no reason given");
    return { cancelled: id };
  }
}
