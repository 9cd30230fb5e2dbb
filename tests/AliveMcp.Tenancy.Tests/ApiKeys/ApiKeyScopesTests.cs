using AliveMcp.Tenancy.ApiKeys;

namespace AliveMcp.Tenancy.Tests.ApiKeys;

public sealed class ApiKeyScopesTests
{
    [Theory]
    [InlineData("read", "read", true)]
    [InlineData("read", "write", false)]
    [InlineData("write", "read", true)]
    [InlineData("write", "write", true)]
    [InlineData("write", "admin", false)]
    [InlineData("admin", "write", true)]
    [InlineData("owner", "read", false)]
    [InlineData("", "read", false)]
    [InlineData("admin", "everything", false)]
    [InlineData("everything", "everything", false)]
    public void A_scope_includes_those_below_it_and_nothing_else(string held, string needed, bool included) =>
        Assert.Equal(included, ApiKeyScopes.Include(held, needed));
}
