const orders = new OrdersService(dataSource, mail, clock);
const other = new OtherService(dataSource, mail);
