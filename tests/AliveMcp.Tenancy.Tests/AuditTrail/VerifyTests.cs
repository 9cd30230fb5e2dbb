using AliveMcp.Tenancy.AuditTrail;
using AliveMcp.Tenancy.Tests.Secrets;
using AliveMcp.Tenancy.Tests.Tenants;
using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.Tests.AuditTrail;

/// <summary>Somebody who holds the whole database plants each kind of tampering; the walk names the first link that is not as it was written.</summary>
public sealed class VerifyTests(Install install) : IClassFixture<Install>
{
    private readonly Trail _trail = new(install);
    private readonly TestKeys _keys = TestKeys.Shared;

    [Fact]
    public async Task A_chain_that_nobody_touched_is_good_to_its_last_row()
    {
        var tenant = await _trail.TenantAsync();
        await _trail.ActAsync(tenant, times: 5);

        var standing = await VerifyAsync(tenant);

        Assert.Null(standing.Fault);
        Assert.Equal((5, 5), (standing.Good, standing.LastSeq));
    }

    [Theory]
    [InlineData("UPDATE storage.audit SET why = 'nothing' WHERE tenant_id = @tenant AND seq = 3", 3, "changed")]
    [InlineData("UPDATE storage.audit SET person = '1' WHERE tenant_id = @tenant AND seq = 1", 1, "changed")]
    [InlineData("UPDATE storage.audit SET hash = sha256('x') WHERE tenant_id = @tenant AND seq = 4", 4, "changed")]
    [InlineData("DELETE FROM storage.audit WHERE tenant_id = @tenant AND seq = 3", 3, "missing")]
    [InlineData("DELETE FROM storage.audit WHERE tenant_id = @tenant AND seq = 1", 1, "missing")]
    [InlineData("DELETE FROM storage.audit WHERE tenant_id = @tenant AND seq > 3", 4, "missing")]
    [InlineData("DELETE FROM storage.audit WHERE tenant_id = @tenant", 1, "missing")]
    [InlineData(
        "UPDATE storage.audit SET seq = CASE seq WHEN 2 THEN 3 ELSE 2 END WHERE tenant_id = @tenant AND seq IN (2, 3)",
        2,
        "changed"
    )]
    [InlineData(
        """
            UPDATE storage.audit AS one SET action = other.action, target = other.target, after = other.after
            FROM storage.audit AS other WHERE one.tenant_id = @tenant AND other.tenant_id = @tenant AND one.seq + other.seq = 7
            """,
        2,
        "changed"
    )]
    [InlineData(
        """
            UPDATE storage.audit SET why = 'rewritten' WHERE tenant_id = @tenant AND seq = 2;
            UPDATE storage.audit AS link SET hash = sha256(convert_to(storage.audit_text(link), 'UTF8')) WHERE tenant_id = @tenant AND seq = 2
            """,
        3,
        "broken"
    )]
    [InlineData("DELETE FROM storage.audit_head WHERE tenant_id = @tenant", 5, "head")]
    public async Task Planted_tampering_is_found_at_its_row(string sql, long seq, string kind)
    {
        var tenant = await _trail.TenantAsync();
        await _trail.ActAsync(tenant, times: 5);

        await TamperAsync(sql, tenant);

        var fault = (await VerifyAsync(tenant)).Fault;
        Assert.Equal((seq, kind), (fault!.Seq, fault.Kind));
    }

    [Fact]
    public async Task A_tail_that_was_cut_together_with_its_head_is_found_by_the_anchor()
    {
        var tenant = await _trail.TenantAsync();
        await _trail.ActAsync(tenant, times: 5);
        await Anchors().WriteAsync(CancellationToken.None);

        await TamperAsync(CutTail, tenant);

        var fault = (await VerifyAsync(tenant)).Fault;
        Assert.Equal((4, "missing"), (fault!.Seq, fault.Kind));
    }

    [Fact]
    public async Task An_anchor_that_was_forged_to_fit_is_found_by_its_signature()
    {
        var tenant = await _trail.TenantAsync();
        await _trail.ActAsync(tenant, times: 5);
        await Anchors().WriteAsync(CancellationToken.None);

        await TamperAsync(
            CutTail
                + "; UPDATE storage.audit_anchor SET seq = 3, hash = (SELECT hash FROM storage.audit WHERE tenant_id = @tenant AND seq = 3) WHERE tenant_id = @tenant",
            tenant
        );

        Assert.Equal("anchor", (await VerifyAsync(tenant)).Fault!.Kind);
    }

    [Fact]
    public async Task What_cannot_be_found_is_a_tail_of_rows_that_no_anchor_has_seen()
    {
        var tenant = await _trail.TenantAsync();
        await _trail.ActAsync(tenant, times: 5);

        await TamperAsync(CutTail, tenant);

        var standing = await VerifyAsync(tenant);
        Assert.Null(standing.Fault);
        Assert.Equal(3, standing.LastSeq);
    }

    [Fact]
    public async Task A_year_that_is_over_seven_years_old_goes_and_the_chain_begins_behind_it()
    {
        var tenant = await _trail.TenantAsync();
        await _trail.ActAsync(tenant, times: 3);
        await TamperAsync(
            """
            ALTER TABLE storage.audit DETACH PARTITION storage.audit_y2026;
            CREATE TABLE storage.audit_y2016 PARTITION OF storage.audit FOR VALUES FROM ('2016-01-01+00') TO ('2017-01-01+00');
            INSERT INTO storage.audit SELECT tenant_id, seq, '2016-06-01+00', layer, person, key_id, action, target_kind, target, why, before, after, prev, hash
                FROM storage.audit_y2026 WHERE tenant_id = @tenant AND seq <= 2;
            DELETE FROM storage.audit_y2026 WHERE tenant_id = @tenant AND seq <= 2;
            ALTER TABLE storage.audit ATTACH PARTITION storage.audit_y2026 FOR VALUES FROM ('2026-01-01+00') TO ('2027-01-01+00')
            """,
            tenant
        );
        await using var worker = await install.Storage.Doors.AllTenants.OpenConnectionAsync();

        Assert.True(await Dapper.SqlMapper.ExecuteScalarAsync<bool>(worker, "SELECT storage.drop_audit_year(2016)"));
        Assert.False(await Dapper.SqlMapper.ExecuteScalarAsync<bool>(worker, "SELECT storage.drop_audit_year(2026)"));

        var standing = await VerifyAsync(tenant);
        Assert.Null(standing.Fault);
        Assert.Equal((1, 3), (standing.Good, standing.LastSeq));
    }

    private const string CutTail = """
        DELETE FROM storage.audit WHERE tenant_id = @tenant AND seq > 3;
        UPDATE storage.audit_head SET seq = 3, hash = (SELECT hash FROM storage.audit WHERE tenant_id = @tenant AND seq = 3)
        WHERE tenant_id = @tenant
        """;

    private Task TamperAsync(string sql, TenantId tenant) =>
        _trail.AsSuperuserAsync("SET session_replication_role = replica; " + sql, new { tenant = tenant.Value });

    private AuditAnchors Anchors() => new(install.Storage.Doors, _keys.Vault(install), install.Clock);

    private async Task<ChainStanding> VerifyAsync(TenantId tenant) =>
        Assert.Single(
            await new AuditVerifier(install.Storage.Doors, Anchors()).VerifyAsync(tenant, CancellationToken.None)
        );
}
