using AliveMcp.Storage.Audit;
using AliveMcp.Tenancy.ApiKeys;
using AliveMcp.Tenancy.AuditTrail;
using AliveMcp.Tenancy.Tests.Tenants;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AliveMcp.Tenancy.Tests.AuditTrail;

public sealed class AuditRowTests(Install install) : IClassFixture<Install>
{
    private readonly Trail _trail = new(install);

    [Fact]
    public async Task A_row_says_who_did_what_to_which_thing_and_its_hash_is_of_its_text()
    {
        var tenant = await _trail.TenantAsync();
        var alice = new Actor
        {
            Layer = "customer",
            Person = new PersonId(7),
            Key = 3,
            Name = "Alice \u202e",
            Email = "alice@example.org",
            Address = "192.0.2.7",
            UserAgent = "curl/8",
        };

        await _trail.ActAsync(tenant, actor: alice);

        var row = Assert.Single(await _trail.RowsAsync(tenant));
        Assert.Equal((1, "customer", "7", 3), (row.Seq, row.Layer, row.Person, row.Key));
        Assert.Equal(("key.issued", "key"), (row.Action, row.TargetKind));
        Assert.Null(row.Before);
        Assert.Matches("^sha256:[0-9a-f]{64}$", row.After);
        Assert.Equal(@"Alice \u{202e}", row.Name);
        Assert.Equal(("alice@example.org", "192.0.2.7", "curl/8"), (row.Email, row.Address, row.UserAgent));
        Assert.Equal(new string('0', 64), row.Prev);
        Assert.Equal(AuditText.HashOf(row), row.Hash);
    }

    [Fact]
    public async Task Any_words_are_hashed_alike_by_who_writes_and_by_who_checks()
    {
        var tenant = await _trail.TenantAsync();
        var words = new string([.. Enumerable.Range(1, 0x2ff).Select(value => (char)value)]) + "😀\u2028\uffff";
        foreach (var target in words.Chunk(100).Select(some => new string(some)))
        {
            await using var session = await _trail.SessionAsync(tenant);
            var entry = new AuditEntry("a.b", "word", target) { Why = target };
            await AuditWriter.WriteActAsync(session.Transaction, tenant, Actor.System, entry, CancellationToken.None);
            await session.CommitAsync(CancellationToken.None);
        }

        Assert.All(await _trail.RowsAsync(tenant), row => Assert.Equal(AuditText.HashOf(row), row.Hash));
    }

    [Fact]
    public async Task What_was_rolled_back_leaves_no_row_and_no_gap()
    {
        var tenant = await _trail.TenantAsync();
        await _trail.ActAsync(tenant);
        await using (var session = await _trail.SessionAsync(tenant))
        {
            var entry = new AuditEntry("a.b", "thing", "1");
            await AuditWriter.WriteActAsync(session.Transaction, tenant, Actor.System, entry, CancellationToken.None);
        }

        await _trail.ActAsync(tenant);

        Assert.Equal([2, 1], (await _trail.RowsAsync(tenant)).Select(row => row.Seq));
    }

    [Fact]
    public async Task A_change_that_nobody_told_is_not_committed()
    {
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            install.AsAsync(
                TenantId.Local,
                async services =>
                {
                    var db = services.GetRequiredService<TenancyDb>();
                    await using var transaction = await db.BeginAsync(CancellationToken.None);
                    db.ApiKeys.Add(
                        new ApiKey
                        {
                            TenantId = TenantId.Local,
                            Prefix = "untold",
                            SecretHash = new byte[32],
                            Name = "untold",
                            Scopes = [],
                            CreatedAt = install.Clock.GetUtcNow(),
                        }
                    );
                    await db.SaveChangesAsync();
                    await transaction.CommitAsync();
                    return true;
                }
            )
        );

        Assert.StartsWith("Changed without an audit row: ApiKey.", fault.Message, StringComparison.Ordinal);
        await using var connection = await install.Storage.Doors.AllTenants.OpenConnectionAsync();
        Assert.Equal(
            0,
            await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM tenancy.api_key WHERE prefix = 'untold'")
        );
    }

    [Theory]
    [InlineData("UPDATE storage.audit SET why = 'another'")]
    [InlineData("DELETE FROM storage.audit")]
    [InlineData("TRUNCATE storage.audit")]
    [InlineData("INSERT INTO storage.audit SELECT * FROM storage.audit")]
    [InlineData("UPDATE storage.audit_head SET seq = 0")]
    [InlineData("UPDATE storage.audit_person SET name = 'another'")]
    public async Task No_role_of_the_house_may_do_anything_but_append(string sql)
    {
        var tenant = await _trail.TenantAsync();
        await _trail.ActAsync(tenant);
        await using var worker = await install.Storage.Doors.AllTenants.OpenConnectionAsync();
        await using var session = await _trail.SessionAsync(tenant);

        foreach (var role in (NpgsqlConnection[])[worker, session.Connection])
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => role.ExecuteAsync(sql));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
    }

    [Theory]
    [InlineData("UPDATE storage.audit SET why = 'another'")]
    [InlineData("DELETE FROM storage.audit")]
    [InlineData("TRUNCATE storage.audit")]
    [InlineData("TRUNCATE storage.audit_y2026")]
    public async Task Not_even_the_owner_of_the_table_changes_a_row(string sql)
    {
        await _trail.ActAsync(await _trail.TenantAsync());

        var refused = await Assert.ThrowsAsync<PostgresException>(() =>
            _trail.AsSuperuserAsync("SET ROLE alivemcp_owner; " + sql)
        );

        Assert.Equal("The audit trail is only ever added to.", refused.MessageText);
    }

    [Fact]
    public async Task Nobody_writes_into_another_tenant_s_chain()
    {
        var (mine, theirs) = (await _trail.TenantAsync(), await _trail.TenantAsync());
        await using var session = await _trail.SessionAsync(mine);
        var entry = new AuditEntry("a.b", "thing", "1");

        var refused = await Assert.ThrowsAsync<PostgresException>(() =>
            AuditWriter.WriteActAsync(session.Transaction, theirs, Actor.System, entry, CancellationToken.None)
        );

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task An_act_of_nobody_s_tenant_stands_in_the_operator_s_chain_which_no_tenant_reads()
    {
        await using (var connection = await install.Storage.Doors.App.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            var entry = new AuditEntry("sign_in.refused", "sign_in", "link");
            await AuditWriter.WriteActAsync(
                transaction,
                AuditWriter.OperatorChain,
                Actor.Stranger,
                entry,
                CancellationToken.None
            );
            await transaction.CommitAsync();
        }

        Assert.Contains(await _trail.RowsAsync(AuditWriter.OperatorChain), row => row.Action == "sign_in.refused");
        Assert.Empty(await _trail.RowsAsync(await _trail.TenantAsync()));
    }

    [Fact]
    public async Task Writers_of_one_tenant_come_one_after_another_and_no_number_is_missing_or_double()
    {
        var (one, other) = (await _trail.TenantAsync(), await _trail.TenantAsync());

        await Task.WhenAll(
            Enumerable.Range(0, 12).Select(place => _trail.ActAsync(place % 2 == 0 ? one : other, times: 5))
        );

        foreach (var tenant in (TenantId[])[one, other])
        {
            var rows = (await _trail.RowsAsync(tenant)).Reverse().ToList();
            Assert.Equal(Enumerable.Range(1, 30).Select(seq => (long)seq), rows.Select(row => row.Seq));
            Assert.Equal(rows.SkipLast(1).Select(row => row.Hash), rows.Skip(1).Select(row => row.Prev));
        }
    }

    [Fact]
    public async Task A_tenant_that_writes_for_long_holds_up_nobody_else()
    {
        var (slow, quick) = (await _trail.TenantAsync(), await _trail.TenantAsync());
        await using var session = await _trail.SessionAsync(slow);
        var entry = new AuditEntry("a.b", "thing", "1");
        await AuditWriter.WriteActAsync(session.Transaction, slow, Actor.System, entry, CancellationToken.None);

        await _trail.ActAsync(quick);

        Assert.Single(await _trail.RowsAsync(quick));
    }

    [Fact]
    public async Task A_person_is_erased_and_every_hash_is_still_right()
    {
        var tenant = await _trail.TenantAsync();
        var bob = new Actor
        {
            Layer = "customer",
            Person = new PersonId(4711),
            Name = "Bob",
        };
        await _trail.ActAsync(tenant, times: 2, bob);

        await using var worker = await install.Storage.Doors.AllTenants.OpenConnectionAsync();
        Assert.Equal(2, await worker.ExecuteScalarAsync<long>("SELECT storage.forget_person('4711')"));

        var rows = await _trail.RowsAsync(tenant);
        Assert.All(rows, row => Assert.Null(row.Name));
        Assert.All(rows, row => Assert.Equal("4711", row.Person));
        Assert.All(rows, row => Assert.Equal(AuditText.HashOf(row), row.Hash));
    }
}
