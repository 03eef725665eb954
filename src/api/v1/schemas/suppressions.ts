import { z } from 'zod';
import { suppressedChannel } from './users.ts';
import { reasonText } from './waves.ts';

export const suppressionFilter = z.object({
  channel: suppressedChannel.optional(),
  lifted: z.enum(['true', 'false']).default('false').describe('true: those that were lifted too'),
});

const address = z.string().min(3).max(254).describe('an e-mail address or a phone number');

export const suppressedAddress = z.object({ address, channel: suppressedChannel.default('all'), reason: reasonText });
export const liftedAddress = z.object({ address, channel: suppressedChannel, reason: reasonText });
