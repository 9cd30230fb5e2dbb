using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.AuditTrail;

/// <summary>How a row of the trail is read.</summary>
internal static class AuditSql
{
    public const string Select = """
        SELECT link.tenant_id AS Chain, link.seq AS Seq, link.at AS At, link.layer AS Layer, link.person AS Person, link.key_id AS Key,
            link.action AS Action, link.target_kind AS TargetKind, link.target AS Target, link.why AS Why, link.before AS Before,
            link.after AS After, link.prev AS Prev, link.hash AS Hash, beside.name AS Name, beside.email AS Email,
            beside.address AS Address, beside.user_agent AS UserAgent
        FROM storage.audit AS link
            LEFT JOIN storage.audit_person AS beside ON beside.tenant_id = link.tenant_id AND beside.seq = link.seq
        """;

    /// <summary>Dapper fills byte arrays into properties, not into constructors.</summary>
    internal sealed class Row
    {
        public int Chain { get; init; }

        public long Seq { get; init; }

        public DateTime At { get; init; }

        public string Layer { get; init; } = "";

        public string? Person { get; init; }

        public int? Key { get; init; }

        public string Action { get; init; } = "";

        public string TargetKind { get; init; } = "";

        public string Target { get; init; } = "";

        public string? Why { get; init; }

        public byte[]? Before { get; init; }

        public byte[]? After { get; init; }

        public byte[] Prev { get; init; } = [];

        public byte[] Hash { get; init; } = [];

        public string? Name { get; init; }

        public string? Email { get; init; }

        public string? Address { get; init; }

        public string? UserAgent { get; init; }

        public AuditLine ToAuditLine() =>
            new()
            {
                Chain = new TenantId(Chain),
                Seq = Seq,
                At = new DateTimeOffset(At, TimeSpan.Zero),
                Layer = Layer,
                Person = Person,
                Key = Key,
                Action = Action,
                TargetKind = TargetKind,
                Target = Target,
                Why = Why,
                Before = Spelled(Before),
                After = Spelled(After),
                Prev = Convert.ToHexStringLower(Prev),
                Hash = Convert.ToHexStringLower(Hash),
                Name = Name,
                Email = Email,
                Address = Address,
                UserAgent = UserAgent,
            };

        private static string? Spelled(byte[]? hash) =>
            hash is null ? null : "sha256:" + Convert.ToHexStringLower(hash);
    }
}
