-- Money that the provider has not decided about. Whoever starts the workflows again finds it by these, because Temporal may have lost who asks.
CREATE INDEX payment_open ON payment (consultation_id) WHERE provider_id IS NOT NULL AND succeeded_at IS NULL AND cancelled_at IS NULL;
CREATE INDEX refund_open ON refund (consultation_id) WHERE settled_at IS NULL AND refused_at IS NULL;
