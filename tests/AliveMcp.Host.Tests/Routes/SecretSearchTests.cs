using System.Text;

namespace AliveMcp.Host.Tests.Routes;

public sealed class SecretSearchTests
{
    [Fact]
    public void Poisoned_a_secret_in_any_spelling_is_found()
    {
        var search = new SecretSearch();
        search.Plant("token", "amcp_live_abcdefg"u8.ToArray());
        search.Plant("seed", [0xfb, 0xff, 0x01, 0x02, 0x03, 0x04]);

        Assert.Equal(
            ["token in log", "token in table", "seed in answer", "seed in link"],
            search.Leaks([
                ("log", "Authorization: Bearer amcp_live_abcdefg"),
                ("table", $"(1,\\x00{Convert.ToHexStringLower(Encoding.ASCII.GetBytes("amcp_live_abcdefg"))}ff)"),
                ("answer", "{ \"seed\": \"+/8BAgME\" }"),
                ("link", "?seed=-_8BAgME"),
                ("page", "nothing"),
            ])
        );
    }
}
