import type { Texts } from './draft-files.ts';

/** A campaign that is whole and as small as one can be: one mail against nothing. */
export function smallCampaign(campaignId: string): Texts {
  return { source: yaml(campaignId), files: { 'hello.en.mjml': MJML, 'hello.en.txt': TEXT } };
}

const yaml = (campaignId: string): string => `# Whom to reach, with what, and how to know whether it helped.
campaign: ${campaignId}
name:
  en: ${campaignId}
timezone: UTC
locales: [en]

audience:
  max: 10000

policy:
  lo: 0.5

holdout: 0.1

actions:
  - id: hello
    kind: care
    arms:
      - id: mail
        share: 0.5
        steps:
          - channels: [email]
            contents:
              email:
                subject:
                  en: We would like to see you again
                mjml: hello.{locale}.mjml
                text: hello.{locale}.txt
      - id: nothing
        share: 0.5
        control: true

goal:
  event: purchase
  windowDays: 14

returnEvents: [visit, purchase]

schedule:
  at: '10:00'
`;

const MJML = `<mjml>
  <mj-body>
    <mj-section>
      <mj-column>
        <mj-text>It has been a while. Is there anything that we can do better?</mj-text>
        <mj-text font-size="12px"><a href="{{unsubscribeUrl}}">Unsubscribe</a> · <a href="{{preferencesUrl}}">Choose what you get</a> · {{company.name}}, {{company.postalAddress}}</mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`;

const TEXT = `It has been a while. Is there anything that we can do better?

Unsubscribe: {{unsubscribeUrl}}
Choose what you get: {{preferencesUrl}}
{{company.name}}, {{company.postalAddress}}
`;
