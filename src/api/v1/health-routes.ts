import { healthDetails } from '../../app/health-details.ts';
import { access, type RouteModule } from './route-module.ts';
import { healthDetails as details } from './schemas/health.ts';

/** The health page's figures; GET /health is for load balancers. */
export const healthRoutes: RouteModule = (v1, { db, temporal, config, now }) => {
  v1.get('/health/details', { config: access('viewer', 'read'), schema: { response: { 200: details } } }, () => {
    const { namespace, queuePrefix } = config.temporal;
    return healthDetails({ db, temporal, namespace, queuePrefix, now: now() });
  });
};
