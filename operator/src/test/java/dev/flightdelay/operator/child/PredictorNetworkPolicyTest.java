package dev.flightdelay.operator.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the pods of a model may reach that is fetched over the network. */
class PredictorNetworkPolicyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "fe80::1",
        "fd00:ec2::254",
        "64:ff9b::169.254.169.254",
        "64:ff9b:1::169.254.169.254",
        "::ffff:0:169.254.169.254",
        "2001:0:a9fe:a9fe::1",
        "2002:a9fe:a9fe::1"
      })
  void letsNoPodReachAMetadataServerByAnyOfItsAddresses(String address) throws IOException {
    assertThat(blocks()).noneMatch(block -> reaches(block, InetAddress.ofLiteral(address)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "10.0.0.1", "2001:4860:4860::8888", "64:ff9b::8.8.8.8"})
  void letsPodsReachStores(String address) throws IOException {
    assertThat(blocks()).anyMatch(block -> reaches(block, InetAddress.ofLiteral(address)));
  }

  private static List<IPBlock> blocks() throws IOException {
    FlightDelayModel model =
        Serialization.unmarshal(
            Files.readString(Path.of("src/test/resources/golden/serving/in-model.yaml")),
            FlightDelayModel.class);
    return PredictorNetworkPolicy.desired(
            new DesiredVersion(
                Naming.of(model),
                model.getSpec(),
                model.getSpec().versions().getFirst(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                new ChildSettings("registry.example/predictor:1", "", "operator", List.of())))
        .getSpec()
        .getEgress()
        .stream()
        .flatMap(rule -> rule.getTo().stream())
        .map(NetworkPolicyPeer::getIpBlock)
        .filter(Objects::nonNull)
        .toList();
  }

  private static boolean reaches(IPBlock block, InetAddress address) {
    return contains(block.getCidr(), address)
        && block.getExcept().stream().noneMatch(except -> contains(except, address));
  }

  private static boolean contains(String cidr, InetAddress address) {
    int slash = cidr.indexOf('/');
    byte[] network = InetAddress.ofLiteral(cidr.substring(0, slash)).getAddress();
    byte[] bytes = address.getAddress();
    int below = network.length * 8 - Integer.parseInt(cidr.substring(slash + 1));
    return network.length == bytes.length
        && new BigInteger(1, network)
            .shiftRight(below)
            .equals(new BigInteger(1, bytes).shiftRight(below));
  }
}
