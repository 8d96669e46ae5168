'use client';
import dynamic from 'next/dynamic';
import type { PayFormProps } from './stripe-form';
import { TestCardForm } from './test-card-form';

/** Apart, so that a copy of the site without Stripe sends none of its code. */
const StripeForm = dynamic(() => import('./stripe-form').then((module) => module.StripeForm), { ssr: false });

/** Takes the card: in Stripe's own form where there is a key, else one of the emulator's. */
export const PayForm = ({ publishableKey, ...form }: PayFormProps & { publishableKey?: string }) =>
  publishableKey ? <StripeForm publishableKey={publishableKey} {...form} /> : <TestCardForm send={form.send} />;
