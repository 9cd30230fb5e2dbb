using System.Text;
using AliveMcp.Probing.Judging;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Tests.Judging;

public sealed class HealthRulesTests
{
    private static readonly HealthCheck Check = new() { Url = new Uri("https://mcp.example/health") };

    [Theory]
    [InlineData(200, "", Why.None)]
    [InlineData(204, "", Why.None)]
    [InlineData(200, "Healthy", Why.None)]
    [InlineData(200, "<html>", Why.None)]
    [InlineData(200, "[]", Why.None)]
    [InlineData(200, "{", Why.None)]
    [InlineData(200, """{"status":"UP"}""", Why.None)]
    [InlineData(200, """{"status":"Healthy","results":{"db":{"status":"Degraded"}}}""", Why.None)]
    [InlineData(200, """{"status":"pass","checks":{"cpu:load":[{"status":"warn"}]}}""", Why.None)]
    [InlineData(200, """{"status":200}""", Why.None)]
    [InlineData(200, """{"status":true}""", Why.None)]
    [InlineData(200, """{"status":null}""", Why.None)]
    [InlineData(200, """{"state":"down"}""", Why.None)]
    [InlineData(200, """{"status":"degraded"}""", Why.HealthDegraded)]
    [InlineData(200, """{"status":"DOWN"}""", Why.HealthDegraded)]
    [InlineData(200, """{"status":"fail"}""", Why.HealthDegraded)]
    [InlineData(200, """{"status":500}""", Why.HealthDegraded)]
    [InlineData(200, """{"status":false}""", Why.HealthDegraded)]
    [InlineData(503, """{"status":"Unhealthy","entries":{"db":{"status":"Unhealthy"}}}""", Why.HealthDegraded)]
    [InlineData(503, """{"checks":[{"name":"db","status":"fail"}]}""", Why.HealthDegraded)]
    [InlineData(503, """{"db":{"status":"down"}}""", Why.HealthDegraded)]
    [InlineData(503, """{"services":{"db":"down","cache":"ok"}}""", Why.HealthDegraded)]
    [InlineData(503, """{"status":"down"}""", Why.HealthDown)]
    [InlineData(503, "", Why.HealthDown)]
    [InlineData(500, """{"checks":[{"name":"db","status":"fail"}]}""", Why.HealthDown)]
    [InlineData(301, "", Why.HealthDown)]
    [InlineData(404, "", Why.HealthDown)]
    [InlineData(401, "", Why.HealthDown)]
    public void Every_answer_has_its_reason(int status, string body, Why why) =>
        Assert.Equal(why, Judge(Check, status, body)?.Why ?? Why.None);

    [Fact]
    public void Parts_that_are_not_well_are_named_a_few_of_them() =>
        Assert.Equal(
            "expected a status such as ok, got 'fail': a (down), b (down), c (down), d (down), e (down) and 1 more",
            Judge(
                Check,
                200,
                """{"status":"fail","checks":{"a":"down","b":"down","c":"down","d":"down","e":"down","f":"down","g":"ok"}}"""
            )!.Detail
        );

    [Fact]
    public void What_the_owner_says_is_well_is_well_though_it_be_an_error()
    {
        Assert.Null(Judge(Check with { Status = 401 }, 401, ""));
        Assert.Equal(Why.HealthDown, Judge(Check with { Status = 401 }, 200, "")!.Why);
    }

    [Fact]
    public void Any_body_is_judged_and_never_throws()
    {
        const string letters = "{}[]\":,statuschek0\\ud";
        var random = new Random(11);
        for (var i = 0; i < 5_000; i++)
        {
            var body = string.Concat(
                Enumerable.Range(0, random.Next(40)).Select(_ => letters[random.Next(letters.Length)])
            );
            _ = Judge(Check, random.Next(100, 600), "{\"status\":" + body);
        }
    }

    private static HealthFault? Judge(HealthCheck check, int status, string body) =>
        HealthRules.Judge(check, status, Encoding.UTF8.GetBytes(body));
}
