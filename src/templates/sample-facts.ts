import type { RenderFacts } from './facts.ts';
import { pageUrls, TEST_DELIVERY_ID, trackedLinks } from './recipient-urls.ts';

const PUBLIC_URL = 'https://recall.example.com';

/**
 * Made-up facts of ordinary length, to measure texts with. `attributes`: names the user has; without a type each value reads
 * as a number, a date and a text alike.
 */
export function sampleFacts(input: {
  locale: string;
  attributes: Iterable<string>;
  links: Iterable<string>;
}): RenderFacts {
  const url = { secret: 'sample', publicUrl: PUBLIC_URL, deliveryId: TEST_DELIVERY_ID };
  const links = Object.fromEntries([...input.links].map((name, i) => [name, 10_000 + i]));
  const chinese = input.locale.toLowerCase().startsWith('zh');
  const user: RenderFacts['user'] = { userId: 'u-12345' };
  for (const name of input.attributes) user[name] = name === 'name' ? (chinese ? '欧阳小明' : 'Alexander') : '2025';
  return {
    locale: input.locale,
    user,
    warning: { segment: 'sample', reasons: ['price'] },
    coupon: 'SAMPLE-1234',
    company: { name: chinese ? '示例公司' : 'Example Company', postalAddress: '1 Example Street' },
    links: trackedLinks({ ...url, links }),
    ...pageUrls(url),
  };
}
