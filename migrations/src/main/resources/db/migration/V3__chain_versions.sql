-- Chains, as they were published: which hops there are and what should get from one to the next. Never deleted from, so
-- that an answer of long ago can name the version that it was given under.

CREATE TABLE chain_version (
    network text NOT NULL CHECK (network <> ''),
    version_id uuid NOT NULL,
    in_force_from timestamptz NOT NULL,
    published_at timestamptz NOT NULL,
    octets bytea NOT NULL CHECK (octets <> ''),
    PRIMARY KEY (network, version_id),
    CONSTRAINT chain_version_comes_into_force CHECK (in_force_from < 'infinity'),
    CONSTRAINT chain_version_published_at_finite CHECK (isfinite(published_at))
);
COMMENT ON TABLE chain_version IS 'Every version of every network''s chain. The log has it in every partition; it is projected from partition 0.';
COMMENT ON COLUMN chain_version.network IS 'The namespace of everything else, as in rib.';
COMMENT ON COLUMN chain_version.version_id IS 'The 16 octets that name it in the log: a hash of network, in_force_from and the chain.';
COMMENT ON COLUMN chain_version.in_force_from IS 'Of which instants it speaks, inclusive. -infinity: of all.';
COMMENT ON COLUMN chain_version.published_at IS 'When it was published last. Of two versions that speak of an instant the one published later holds.';
COMMENT ON COLUMN chain_version.octets IS 'A serialised hoplog.log.v1.ChainVersion.';
