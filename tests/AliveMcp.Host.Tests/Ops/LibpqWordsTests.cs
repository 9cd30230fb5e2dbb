using AliveMcp.Host.Ops.Backup;
using Npgsql;

namespace AliveMcp.Host.Tests.Ops;

public sealed class LibpqWordsTests
{
    /// <summary>Another word is refused by the programs: "invalid sslmode value".</summary>
    [Theory]
    [InlineData(SslMode.Disable, "disable")]
    [InlineData(SslMode.Allow, "allow")]
    [InlineData(SslMode.Prefer, "prefer")]
    [InlineData(SslMode.Require, "require")]
    [InlineData(SslMode.VerifyCA, "verify-ca")]
    [InlineData(SslMode.VerifyFull, "verify-full")]
    public void Every_way_of_encryption_is_spelled_as_the_programs_know_it(SslMode mode, string word) =>
        Assert.Equal(word, LibpqWords.Of(new NpgsqlConnectionStringBuilder { SslMode = mode })["PGSSLMODE"]);

    [Fact]
    public void Certificates_go_along()
    {
        var words = LibpqWords.Of(
            new NpgsqlConnectionStringBuilder
            {
                RootCertificate = "/etc/ca.crt",
                SslCertificate = "/etc/us.crt",
                SslKey = "/etc/us.key",
            }
        );

        Assert.Equal("/etc/ca.crt", words["PGSSLROOTCERT"]);
        Assert.Equal("/etc/us.crt", words["PGSSLCERT"]);
        Assert.Equal("/etc/us.key", words["PGSSLKEY"]);
        Assert.DoesNotContain("PGPASSFILE", words.Keys);
    }
}
