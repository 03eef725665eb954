import type { EntryRow, ReceiptRow, WarningRow } from '../../db/queries/receipts.ts';
import type { AnswerRow } from '../../db/queries/survey-answers.ts';
import type { SuppressionRow } from '../../db/queries/suppressions.ts';
import type { EventRow, UserRow } from '../../db/queries/users.ts';
import type { WaveRow } from '../../db/queries/waves.ts';
import type { WayDetail } from '../../db/queries/ways.ts';
import type { LivePolicy } from '../../domain/assignment.ts';
import type { Campaign } from '../../domain/campaign.schema.ts';
import type { Settings } from '../../domain/settings.schema.ts';

/** How much of one cap was used when the message was planned. */
export interface CapFacts {
  id: string;
  used: number;
  max: number;
  per: string;
}

/** All that the sentences about one step of one user's way are made of. */
export interface Case {
  user: UserRow;
  wave: WaveRow;
  campaign: Campaign;
  settings: Settings;
  way: WayDetail;
  warning: WarningRow | undefined;
  entry: EntryRow | undefined;
  /** His newest entry of the campaign before this wave. */
  earlier: EntryRow | undefined;
  action: string | null;
  policy: LivePolicy | undefined;
  caps: CapFacts[];
  /** In force when the wave decided. */
  suppressions: SuppressionRow[];
  /** Return events between the warning (or entry) and the decision. */
  returns: EventRow[];
  /** Survey answers that counted among his reasons when the wave decided. */
  answers: AnswerRow[];
  message: ReceiptRow | undefined;
}
