import { describe, expect, it } from 'vitest';
import { parseWaveId, workflowIds } from '../../src/workflows/contract.ts';

describe('workflow ids', () => {
  it('are read back from what was built, step by step', () => {
    expect(parseWaveId(workflowIds.wave('vip-care', '2026-05-20'))).toEqual({
      campaignId: 'vip-care',
      localDate: '2026-05-20',
      step: 1,
    });
    expect(parseWaveId(workflowIds.wave('vip-care', '2026-05-20', 3))?.step).toBe(3);
  });

  it('of other workflows are none of a wave', () => {
    expect(parseWaveId(workflowIds.delivery('vip-care', '2026-05-20', 1, 'sms'))).toBeNull();
    expect(parseWaveId(workflowIds.campaign('vip-care'))).toBeNull();
  });
});
