import { each } from './listeners';
import { aHold, anEvent, deliverTo, newId } from './testing';

test('delivering an event without a listener fails the test', async () => {
  const heard: string[] = [];
  const deliver = deliverTo({ 'user:created': each(({ data }) => Promise.resolve(void heard.push(data.email))) });
  await deliver(anEvent('user:created', 0, { id: newId(), email: 'ann@test.com' }));
  expect(heard).toEqual(['ann@test.com']);
  await expect(deliver(anEvent('order:created', 0, aHold()))).rejects.toThrow('Nothing listens to order:created');
});
