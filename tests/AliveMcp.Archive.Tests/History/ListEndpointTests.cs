using System.Net;
using System.Text.Json;

namespace AliveMcp.Archive.Tests.History;

/// <summary>The list of all statuses: what callers do wrong, and that its pages hold each server once.</summary>
public sealed class ListEndpointTests(ToldHistory told) : IClassFixture<ToldHistory>
{
    [Theory]
    [InlineData("take=0", "take_out_of_range")]
    [InlineData("take=10001", "take_out_of_range")]
    [InlineData("take=all", "take_out_of_range")]
    [InlineData("after=-1", "after_invalid")]
    [InlineData("after=99999999999", "after_invalid")]
    [InlineData("after=%E2%80%AE%3Cscript%3E", "after_invalid")]
    public async Task A_callers_mistake_is_named(string query, string code)
    {
        using var answer = await told.SendAsync("statuses?" + query);
        var text = await answer.Content.ReadAsStringAsync();
        using var problem = JsonDocument.Parse(text);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(code, problem.RootElement.GetProperty("code").GetString());
        Assert.DoesNotContain('\u202e', problem.RootElement.GetProperty("detail").GetString()!);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(28)]
    [InlineData(100)]
    public async Task Its_pages_hold_every_server_once(int take)
    {
        var token = (await File.ReadAllTextAsync(told.Api.TokenFile)).Trim();
        foreach (var asker in new[] { null, token })
        {
            List<string> seen = [];
            for (string? after = "0"; after is not null; )
            {
                var page = await told.JsonAsync($"statuses?take={take}&after={after}", asker);
                seen.AddRange(
                    page.GetProperty("servers").EnumerateArray().Select(line => line.GetProperty("slug").GetString()!)
                );
                after = page.GetProperty("next").GetString();
            }

            Assert.Equal(told.Stories.Select(ToldHistory.Slug), seen);
        }
    }
}
