/** The page for developers. What it says of the API itself is English in every language. */
export const developers = {
  title: 'API',
  intro: 'Everything this site does, it does through this API. What you send here, you send as yourself.',
  file: 'OpenAPI 3.1 description',
  isPrivate: 'Sign in first.',
  body: 'Body (JSON)',
  send: 'Send',
  answers: 'Responses',
};
