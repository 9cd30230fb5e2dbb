using Dapper;

namespace AliveMcp.Host.Tests.Routes;

/// <summary>Every route that changes something is called once with a valid act; the audit trail must have grown, by a row that says who.</summary>
public sealed class AuditedRoutesTests(Replicas replicas) : IClassFixture<Replicas>
{
    private IReadOnlyList<HostRoute> Changing =>
        [
            .. HostRoute
                .AllOf(replicas.App)
                .Where(route => route.Method is not ("GET" or "HEAD" or "OPTIONS"))
                .Where(route => !Acts.Untold.ContainsKey(route.ToString())),
        ];

    [Fact]
    public async Task Whatever_changes_something_leaves_a_row_in_the_trail()
    {
        var key = await replicas.KeyAsync(Replicas.Alices, "admin");
        var acts = new Acts(new ActScene(replicas, key), new AlertScene(replicas, key));
        var faults = new List<string>();
        foreach (var route in Changing)
        {
            faults.AddRange(
                acts.Of(route) is { } act
                    ? await FaultsAsync(route, await act(), key)
                    : [$"{route}: no act is written for it in Acts, and no reason why it is untold"]
            );
        }

        Assert.Empty(faults);
    }

    [Fact]
    public void What_is_untold_is_a_route() =>
        Assert.All(
            Acts.Untold.Keys,
            route => Assert.Contains(route, HostRoute.AllOf(replicas.App).Select(one => one.ToString()))
        );

    private async Task<IEnumerable<string>> FaultsAsync(HostRoute route, Act act, string key)
    {
        await using var connection = await replicas.Storage.Doors.AllTenants.OpenConnectionAsync();
        var before = await connection.ExecuteScalarAsync<long>("SELECT coalesce(sum(seq), 0) FROM storage.audit_head");
        var heard = act.Form is null
            ? await Knock.AtAsync(
                replicas.Urls[1],
                route.Method,
                act.Path,
                act.Token ?? key,
                act.Body,
                ("If-Match", "*")
            )
            : await Knock.FormAsync(replicas.Urls[1], act.Path, act.Session!, act.Form);
        if ((int)heard.Status is < 200 or >= 400)
        {
            return [$"{route}: {heard.Status} {heard.Text}"];
        }

        var rows = (
            await connection.QueryAsync<(string Action, string Layer, string? Person, int? Key)>(
                """
                SELECT action, layer, person, key_id FROM storage.audit ORDER BY at DESC, seq DESC
                LIMIT (SELECT coalesce(sum(seq), 0) - @before FROM storage.audit_head)
                """,
                new { before }
            )
        ).ToList();
        return rows.Count == 0
            ? [$"{route}: no row"]
            // Whoever holds a message's link has no account here: the row stands for a customer's, by the name of the sink.
            : rows.Where(row =>
                    row.Layer == "stranger" || (row.Person is null && row.Key is null && !OpenRoutes.IsLink(route.Path))
                )
                .Select(row => $"{route}: {row.Action} does not say who");
    }
}
