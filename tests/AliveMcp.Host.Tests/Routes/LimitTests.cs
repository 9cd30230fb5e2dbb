namespace AliveMcp.Host.Tests.Routes;

public sealed class LimitTests(NarrowReplicas replicas) : IClassFixture<NarrowReplicas>
{
    [Fact]
    public async Task A_key_is_counted_over_both_replicas_and_told_what_is_left()
    {
        var token = await replicas.KeyAsync(Replicas.Alices, "read");

        var heard = new List<Heard>();
        for (var turn = 0; turn < NarrowReplicas.OfCaller + 2; turn++)
        {
            heard.Add(await Knock.AtAsync(replicas.Urls[turn % 2], "GET", "/api/v1/maintenance", token));
        }

        // The minute may turn once on the way: the last ones of one of the two minutes are refused, or nobody was.
        var refused = heard.Where(answer => (int)answer.Status == 429).ToList();
        Assert.All(refused, answer => Assert.Equal("requests_too_many", answer.Code));
        Assert.All(refused, answer => Assert.True(answer.Headers.ContainsKey("Retry-After")));
        Assert.Equal($"\"caller\";q={NarrowReplicas.OfCaller};w=60", heard[0].Headers["RateLimit-Policy"]);
        Assert.StartsWith(
            $"\"caller\";r={NarrowReplicas.OfCaller - 1};t=",
            heard[0].Headers["RateLimit"],
            StringComparison.Ordinal
        );
        Assert.StartsWith("\"caller\";r=", heard[1].Headers["RateLimit"], StringComparison.Ordinal);
        Assert.True(
            refused.Count > 0
                || heard.Count(answer =>
                    answer.Headers["RateLimit"].Contains($"r={NarrowReplicas.OfCaller - 1};", StringComparison.Ordinal)
                ) > 1
        );
    }

    [Fact]
    public async Task Whoever_guesses_tokens_is_stopped_by_address()
    {
        var statuses = new List<int>();
        for (var turn = 0; turn < (2 * NarrowReplicas.OfAddress) + 2; turn++)
        {
            var heard = await Knock.AtAsync(replicas.Urls[turn % 2], "GET", "/api/v1/keys", "amcp_live_guess");
            statuses.Add((int)heard.Status);
        }

        Assert.Contains(401, statuses);
        Assert.Contains(429, statuses);
    }
}
