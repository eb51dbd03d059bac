const orders = new OrdersService(
  dataSource,
);
const short = new OrdersService(dataSource);
