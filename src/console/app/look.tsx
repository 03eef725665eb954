import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './look.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { styleNonce } from './nonce.ts';
import { readableColours, theme } from './theme.ts';

const schemes = localStorageColorSchemeManager({ key: 'recallwave-scheme' });

/** Theme, colour scheme and the nonce of the styles, for both pages. */
export function Look({ children }: { children: ReactNode }): ReactNode {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={readableColours}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      {children}
    </MantineProvider>
  );
}
