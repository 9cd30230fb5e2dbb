using System.Text;
using System.Text.Json.Nodes;

namespace AliveMcp.Contracts.Tests;

public sealed class CanonicalSieveTests
{
    [Theory]
    [InlineData(
        """{"annotations":{"title":"x"},"description":"a,b}","inputSchema":{"type":"object"},"name":"n"}""",
        """{"annotations":{},"inputSchema":{"type":"object"},"name":"n"}"""
    )]
    [InlineData("""{"description":"only","title":"text"}""", "{}")]
    [InlineData("""{"name":"n","title":{"deep":[{"]":"\"}"}]}}""", """{"name":"n"}""")]
    [InlineData("""[{"name":"a","title":"b"},3,"title",null]""", """[{"name":"a"},3,"title",null]""")]
    [InlineData("\"title\"", "\"title\"")]
    [InlineData("-1.5e-7", "-1.5e-7")]
    [InlineData("{}", "{}")]
    public void What_the_scope_leaves_out_is_gone_and_the_rest_stands(string canonical, string expected) =>
        Assert.Equal(expected, Sieve(canonical, Scope.Tool));

    [Fact]
    public void It_leaves_what_walking_the_tree_would_leave()
    {
        var random = new Random(20261121);
        for (var round = 0; round < 2000; round++)
        {
            var value = RandomJson.Value(random, 5);
            foreach (var scope in Enum.GetValues<Scope>())
            {
                var canonical = Canonical(value);

                Assert.Equal(Canonical(Walk(value, scope)), Sieve(canonical, scope));
            }
        }
    }

    private static JsonNode? Walk(JsonNode? value, Scope scope) =>
        value switch
        {
            JsonObject members => new JsonObject(
                members
                    .Where(member => Below(scope, member.Key) is not null)
                    .Select(member =>
                        KeyValuePair.Create(member.Key, Walk(member.Value, Below(scope, member.Key)!.Value))
                    )
            ),
            JsonArray items => new JsonArray([.. items.Select(item => Walk(item, scope))]),
            _ => value?.DeepClone(),
        };

    private static Scope? Below(Scope scope, string key) => Scopes.Below(scope, Encoding.UTF8.GetBytes(key));

    private static string Canonical(JsonNode? value) =>
        Encoding.UTF8.GetString(
            CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(RandomJson.Print(value, new Random(1))))
        );

    private static string Sieve(string canonical, Scope scope)
    {
        using var output = new PooledBuffer<byte>(16);
        CanonicalSieve.Copy(Encoding.UTF8.GetBytes(canonical), scope, output);
        return Encoding.UTF8.GetString(output.Span);
    }
}
