import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.security.AnyTypePermission;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.apache.jmeter.JMeter;
import org.apache.jmeter.save.SaveService;
import org.apache.jmeter.util.JMeterUtils;

/**
 * Starts JMeter with a plan, as its own script does.
 *
 * <p>Debian's JMeter 2.13 reads plans by a newer XStream than it was made for, which refuses every
 * class that it was not told to allow. The plan is this project's own, so all are allowed.
 */
class RunPlan {

  public static void main(String[] arguments) throws Exception {
    // Its static initializer, which makes the readers of plans, needs the settings.
    JMeterUtils.loadJMeterProperties(System.getProperty("jmeter.home") + "/bin/jmeter.properties");
    JMeterUtils.setJMeterHome(System.getProperty("jmeter.home"));
    for (Field field : SaveService.class.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && XStream.class.isAssignableFrom(field.getType())) {
        field.setAccessible(true);
        ((XStream) field.get(null)).addPermission(AnyTypePermission.ANY);
      }
    }
    new JMeter().start(arguments);
  }
}
