const orders = new OrdersService(
  dataSource,
  new MailService(),
  new Clock(),
);
const short = new OrdersService(dataSource);
