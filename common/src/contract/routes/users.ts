import { z } from 'zod';
import { AccountBody, CurrentUserBody, ProfileBody, SessionBody, UserBody } from '../api';
import { AccountInput, ConfirmInput, NameInput, SignInInput, SignUpInput } from '../bodies';
import type { RefusalCode } from '../refusals';
import type { ApiRoute } from './route';

const ofEmail: RefusalCode[] = ['email-invalid', 'password-characters'];

export const users: ApiRoute[] = [
  {
    method: 'post',
    path: '/api/users/signup',
    summary: 'Open an account and sign in',
    body: SignUpInput,
    answers: { 201: UserBody },
    refusals: [...ofEmail, 'email-in-use', 'password-length', 'sign-ins-busy', 'sign-ups-limited'],
  },
  {
    method: 'post',
    path: '/api/users/signin',
    summary: 'Sign in',
    body: SignInInput,
    answers: { 200: UserBody },
    refusals: [...ofEmail, 'invalid-credentials', 'password-missing', 'sign-ins-busy', 'too-many-failed-sign-ins'],
  },
  {
    method: 'post',
    path: '/api/users/signout',
    summary: 'Sign out: ends the session everywhere',
    answers: { 200: z.object({}) },
    refusals: ['account-gone'],
  },
  {
    method: 'get',
    path: '/api/users/currentuser',
    summary: 'Who is signed in',
    answers: { 200: CurrentUserBody },
  },
  {
    method: 'get',
    path: '/api/users/sessions',
    summary: 'Where I am signed in, the last used first',
    isPrivate: true,
    answers: { 200: z.array(SessionBody) },
    refusals: ['account-gone'],
  },
  {
    method: 'delete',
    path: '/api/users/sessions',
    summary: 'Sign me out everywhere but here',
    isPrivate: true,
    answers: { 204: null },
    refusals: ['account-gone'],
  },
  {
    method: 'delete',
    path: '/api/users/sessions/{id}',
    summary: 'Sign me out in one place',
    isPrivate: true,
    answers: { 204: null },
    refusals: ['account-gone', 'session-not-found'],
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
    body: ConfirmInput,
    answers: { 200: UserBody },
    refusals: ['link-expired', 'too-many-links'],
  },
  {
    method: 'post',
    path: '/api/users/me/confirmation',
    summary: 'Have the link that confirms my email address sent again',
    isPrivate: true,
    answers: { 202: z.object({}) },
    refusals: ['account-gone', 'too-many-links'],
  },
  {
    method: 'put',
    path: '/api/users/me',
    summary: 'Change the email address or the password',
    isPrivate: true,
    body: AccountInput,
    answers: { 200: UserBody },
    refusals: [
      ...ofEmail,
      'account-gone',
      'account-unchanged',
      'current-password-missing',
      'current-password-wrong',
      'email-in-use',
      'password-length',
      'sign-ins-busy',
      'sign-ups-limited',
      'too-many-failed-sign-ins',
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
