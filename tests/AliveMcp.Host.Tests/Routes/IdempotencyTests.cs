using System.Net;
using Dapper;

namespace AliveMcp.Host.Tests.Routes;

/// <summary>What carries an Idempotency-Key, over two replicas.</summary>
public sealed class IdempotencyTests(Replicas replicas) : IClassFixture<Replicas>, IAsyncLifetime
{
    private readonly string _key = Guid.NewGuid().ToString();
    private string _alice = "";

    public async ValueTask InitializeAsync() => _alice = await replicas.KeyAsync(Replicas.Alices, "admin");

    [Fact]
    public async Task The_same_request_at_the_other_replica_is_answered_alike_and_done_once()
    {
        var first = await IssueAsync(0, """{ "name": "once" }""");
        var second = await IssueAsync(1, """{ "name": "once" }""");

        Assert.Equal(HttpStatusCode.Created, first.Status);
        Assert.Equal((first.Status, first.Text), (second.Status, second.Text));
        Assert.Equal(first.Headers["Location"], second.Headers["Location"]);
        Assert.Equal("true", second.Headers["Idempotency-Replayed"]);
    }

    [Fact]
    public async Task Another_request_with_the_same_key_is_told_so()
    {
        await IssueAsync(0, """{ "name": "one" }""");
        var other = await IssueAsync(1, """{ "name": "other" }""");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency_key_reused"), (other.Status, other.Code));
    }

    [Fact]
    public async Task Many_at_once_at_both_replicas_make_one_key()
    {
        var all = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(place => IssueAsync(place % 2, """{ "name": "many" }"""))
        );

        Assert.All(
            all,
            heard => Assert.True(heard.Status is HttpStatusCode.Created or HttpStatusCode.Conflict, heard.Text)
        );
        Assert.Single(
            all.Where(heard => heard.Status == HttpStatusCode.Created).Select(heard => heard.Text).Distinct()
        );
    }

    [Fact]
    public async Task A_refusal_is_kept_as_well()
    {
        var first = await IssueAsync(0, """{ "name": "" }""");
        var second = await IssueAsync(1, """{ "name": "" }""");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, first.Status);
        Assert.Equal(first.Text, second.Text);
    }

    [Fact]
    public async Task A_place_whose_process_died_is_taken_again()
    {
        await IssueAsync(0, """{ "name": "dead" }""");
        await using var connection = await replicas.Storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "UPDATE tenancy.kept_answer SET sealed = NULL, claimed_at = now() - interval '3 minutes'"
        );

        var again = await IssueAsync(1, """{ "name": "dead" }""");

        Assert.Equal(HttpStatusCode.Created, again.Status);
        Assert.DoesNotContain("Idempotency-Replayed", again.Headers.Keys);
    }

    [Fact]
    public async Task While_the_first_is_at_work_the_second_is_told_to_come_again()
    {
        await IssueAsync(0, """{ "name": "slow" }""");
        await using var connection = await replicas.Storage.Doors.AllTenants.OpenConnectionAsync();
        await connection.ExecuteAsync("UPDATE tenancy.kept_answer SET sealed = NULL, claimed_at = now()");

        var again = await IssueAsync(1, """{ "name": "slow" }""");

        Assert.Equal((HttpStatusCode.Conflict, "idempotency_key_at_work"), (again.Status, again.Code));
        Assert.Equal("1", again.Headers["Retry-After"]);
    }

    [Fact]
    public async Task The_same_key_of_somebody_else_is_another_one()
    {
        var bob = await replicas.KeyAsync(Replicas.Bobs, "admin");
        var first = await IssueAsync(0, """{ "name": "shared" }""");

        var second = await IssueAsync(0, """{ "name": "shared" }""", bob);

        Assert.Equal(HttpStatusCode.Created, second.Status);
        Assert.NotEqual(first.Text, second.Text);
    }

    [Fact]
    public async Task A_token_that_was_told_once_stands_nowhere_in_the_database()
    {
        var issued = await IssueAsync(0, """{ "name": "told" }""");
        var secret = ((string?)issued.Json["token"])![22..];
        await using var connection = await replicas.Storage.Doors.AllTenants.OpenConnectionAsync();

        var kept = (
            await connection.QueryAsync<byte[]>("SELECT sealed FROM tenancy.kept_answer WHERE sealed IS NOT NULL")
        ).ToList();

        Assert.NotEmpty(kept);
        Assert.DoesNotContain(
            kept,
            packed => System.Text.Encoding.Latin1.GetString(packed).Contains(secret, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    public async Task A_key_that_is_none_is_refused(string key)
    {
        var heard = await Knock.AtAsync(
            replicas.Urls[0],
            "POST",
            "/api/v1/keys",
            _alice,
            """{ "name": "a" }""",
            ("Idempotency-Key", key)
        );

        Assert.Equal(HttpStatusCode.BadRequest, heard.Status);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<Heard> IssueAsync(int replica, string body, string? token = null) =>
        Knock.AtAsync(replicas.Urls[replica], "POST", "/api/v1/keys", token ?? _alice, body, ("Idempotency-Key", _key));
}
