export { Field, Select, TextArea } from './field';
export { Form } from './form';
export { Submit } from './submit';
