export * from './find';
export * from './orders';
export * from './payments';
export * from './people';
export * from './service';
export * from './tickets';
