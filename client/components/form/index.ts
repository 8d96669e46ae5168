export { Choices } from './choices';
export { Dialog } from './dialog';
export { Control, Field, Select, TextArea } from './field';
export { ForgetDraft } from './forget-draft';
export { Form } from './form';
export { Leaving } from './leaving';
export { PasswordField } from './password';
export { valuesOf, type Check } from './state';
export { Submit } from './submit';
