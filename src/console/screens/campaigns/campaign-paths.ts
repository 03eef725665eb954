/** A campaign in the API. */
export function campaignPath(campaignId: string): string {
  return `/v1/campaigns/${encodeURIComponent(campaignId)}`;
}

/** Its draft in the API. */
export function draftPath(campaignId: string): string {
  return `${campaignPath(campaignId)}/draft`;
}
