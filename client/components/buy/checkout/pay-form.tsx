'use client';
import dynamic from 'next/dynamic';
import type { PayFormProps } from './stripe-form';
import { TestCardForm } from './test-card-form';

/** Loaded separately, so that a site without Stripe ships none of its code. */
const StripeForm = dynamic(() => import('./stripe-form').then((module) => module.StripeForm), { ssr: false });

/** The card form: Stripe's own if there is a key, otherwise the emulator's test cards. */
export const PayForm = ({ publishableKey, ...form }: PayFormProps & { publishableKey?: string }) =>
  publishableKey ? <StripeForm publishableKey={publishableKey} {...form} /> : <TestCardForm send={form.send} />;
