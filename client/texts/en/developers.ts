/** The developer page. The API description itself is in English in every language. */
export const developers = {
  title: 'API',
  intro: 'This site does everything through this API. Requests you send here run under your account.',
  file: 'OpenAPI 3.1 description',
  isPrivate: 'Sign in first.',
  body: 'Body (JSON)',
  send: 'Send',
  answers: 'Responses',
};
