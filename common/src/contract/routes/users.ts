import { z } from 'zod';
import { AccountBody, ChangedUserBody, CurrentUserBody, ProfileBody, UserBody } from '../api';
import { AccountInput, ForgotInput, LinkInput, NameInput, ResetInput, SignInInput, SignUpInput } from '../bodies';
import type { RefusalCode } from '../refusals';
import type { ApiRoute } from './route';

const ofEmail: RefusalCode[] = ['email-invalid', 'password-characters'];
const ofNewPassword: RefusalCode[] = ['password-common', 'password-guessable', 'password-length', 'sign-ins-busy'];

export const users: ApiRoute[] = [
  {
    method: 'post',
    path: '/api/users/signup',
    summary: 'Open an account and sign in',
    body: SignUpInput,
    answers: { 201: UserBody },
    refusals: [...ofEmail, ...ofNewPassword, 'email-in-use', 'sign-ups-limited'],
  },
  {
    method: 'post',
    path: '/api/users/signin',
    summary: 'Sign in',
    body: SignInInput,
    answers: { 200: UserBody },
    refusals: [...ofEmail, 'invalid-credentials', 'password-missing', 'sign-ins-busy', 'too-many-failed-sign-ins'],
  },
  { method: 'post', path: '/api/users/signout', summary: 'Sign out', answers: { 200: z.object({}) } },
  {
    method: 'get',
    path: '/api/users/currentuser',
    summary: 'Who is signed in',
    answers: { 200: CurrentUserBody },
  },
  {
    method: 'get',
    path: '/api/users/me',
    summary: 'My account',
    isPrivate: true,
    answers: { 200: AccountBody },
    refusals: ['account-gone'],
  },
  {
    method: 'post',
    path: '/api/users/confirm',
    summary: 'Confirm an email address by the link that was sent to it',
    body: LinkInput,
    answers: { 200: UserBody },
    refusals: ['address-changes-limited', 'email-in-use', 'link-expired', 'sign-ups-limited', 'too-many-links'],
  },
  {
    method: 'post',
    path: '/api/users/undo',
    summary: 'Undo a change of address, by the link that was sent to the former one, and end all sessions',
    body: LinkInput,
    answers: { 200: UserBody },
    refusals: ['email-in-use', 'link-expired', 'sign-ups-limited', 'too-many-links'],
  },
  {
    method: 'post',
    path: '/api/users/forgot',
    summary: 'Have a link sent that sets a new password; the answer is the same for every address',
    body: ForgotInput,
    answers: { 202: z.object({}) },
    refusals: ['email-invalid', 'too-many-links'],
  },
  {
    method: 'post',
    path: '/api/users/reset',
    summary: 'Set a new password by the link that was sent, and end all sessions',
    body: ResetInput,
    answers: { 200: UserBody },
    refusals: [...ofNewPassword, 'link-expired', 'password-characters', 'too-many-links'],
  },
  {
    method: 'post',
    path: '/api/users/me/confirmation',
    summary: 'Have the link that confirms my email address, or the pending one, sent again',
    isPrivate: true,
    answers: { 202: z.object({}) },
    refusals: ['account-gone', 'too-many-links'],
  },
  {
    method: 'delete',
    path: '/api/users/me/pendingEmail',
    summary: 'Keep my present email address, and forget the pending one',
    isPrivate: true,
    answers: { 204: null },
    refusals: ['account-gone'],
  },
  {
    method: 'put',
    path: '/api/users/me',
    summary: 'Change the password, or the email address: a new one counts once the link sent there is followed',
    isPrivate: true,
    body: AccountInput,
    answers: { 200: ChangedUserBody },
    refusals: [
      ...ofEmail,
      ...ofNewPassword,
      'account-gone',
      'account-unchanged',
      'current-password-missing',
      'current-password-wrong',
      'email-in-use',
      'email-unconfirmed',
      'sign-ups-limited',
      'too-many-failed-sign-ins',
      'too-many-links',
    ],
  },
  {
    method: 'put',
    path: '/api/users/me/name',
    summary: 'Choose how others see me called, or be called nothing',
    isPrivate: true,
    body: NameInput,
    answers: { 200: ProfileBody },
    refusals: ['account-gone', 'text-characters', 'text-too-long'],
  },
  {
    method: 'get',
    path: '/api/users/{id}',
    summary: 'What everybody may know of an account',
    answers: { 200: ProfileBody },
    refusals: ['user-not-found'],
  },
];
