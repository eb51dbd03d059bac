const orders = new OrdersService(dataSource, clock);
const other = new OtherService(dataSource, mail);
