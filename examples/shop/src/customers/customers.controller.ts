import { Body, Controller, Get, Param, Post } from "@nestjs/common";
import { CustomersService } from "./customers.service";

@Controller("customers")
export class CustomersController {
  constructor(private readonly customers: CustomersService) {}

  @Get(":id")
  get(@Param("id") id: string) {
    return this.customers.get(id);
  }

  @Post()
  register(@Body() body: { email: string; name: string }) {
    return this.customers.register(body.email, body.name);
  }
}
